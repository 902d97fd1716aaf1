package dev.kontor.architecture.planted.upward.accounts;

public class Account {}
