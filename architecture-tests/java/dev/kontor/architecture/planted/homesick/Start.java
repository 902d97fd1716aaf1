package dev.kontor.architecture.planted.homesick;

public class Start {
    dev.kontor.architecture.planted.homesick.orders.Order fine;
}
