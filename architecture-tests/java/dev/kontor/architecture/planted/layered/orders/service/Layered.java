package dev.kontor.architecture.planted.layered.orders.service;

class Layered {}
