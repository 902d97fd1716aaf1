package dev.kontor.architecture.planted.layered.orders.archive;

class Archived {}
