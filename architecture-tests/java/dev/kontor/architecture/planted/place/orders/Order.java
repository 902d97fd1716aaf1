package dev.kontor.architecture.planted.place.orders;

class Order {}
