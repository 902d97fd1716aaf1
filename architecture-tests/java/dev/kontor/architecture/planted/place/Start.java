package dev.kontor.architecture.planted.place;

class Start {}
