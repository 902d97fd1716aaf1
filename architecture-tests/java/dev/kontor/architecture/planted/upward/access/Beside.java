package dev.kontor.architecture.planted.upward.access;

/** Stands beside the others and should call nobody. */
class Beside {
    dev.kontor.architecture.planted.upward.accounts.Account account;
}
