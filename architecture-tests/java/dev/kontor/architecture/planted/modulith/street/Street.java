package dev.kontor.architecture.planted.modulith.street;

public class Street {}
