package dev.kontor.architecture.planted.unmarked.marked;

class Marked {}
