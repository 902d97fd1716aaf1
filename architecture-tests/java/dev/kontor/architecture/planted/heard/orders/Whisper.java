package dev.kontor.architecture.planted.heard.orders;

record Whisper() {}
