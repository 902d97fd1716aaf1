package dev.kontor.architecture.planted.adapters.accounts;

public class Account {}
