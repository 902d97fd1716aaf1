package dev.kontor.architecture.planted.naming.orders;

class StockManager {}
