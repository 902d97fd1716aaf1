package dev.kontor.architecture.planted.upward.access;

public class User {}
