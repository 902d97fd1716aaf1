/**
 * Code that breaks the rules, one small broken copy of Kontor's packages for each. A rule must accuse the types that it
 * names as culprits here, and must leave their neighbours alone. What Spring would find when it looks for components
 * has a profile that nobody activates.
 */
package dev.kontor.architecture.planted;
