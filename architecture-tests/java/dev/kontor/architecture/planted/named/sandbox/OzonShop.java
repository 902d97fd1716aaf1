package dev.kontor.architecture.planted.named.sandbox;

class OzonShop {}
