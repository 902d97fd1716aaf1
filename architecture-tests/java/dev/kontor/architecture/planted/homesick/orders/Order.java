package dev.kontor.architecture.planted.homesick.orders;

public class Order {}
