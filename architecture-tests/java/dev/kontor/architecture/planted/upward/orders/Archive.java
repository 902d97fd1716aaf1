package dev.kontor.architecture.planted.upward.orders;

public class Archive {
    final dev.kontor.architecture.planted.upward.accounts.Account fine =
            new dev.kontor.architecture.planted.upward.accounts.Account();
}
