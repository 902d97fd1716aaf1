package dev.kontor.architecture.planted.printing;

class Start {
    void greet() {
        System.out.println("http://localhost:8080");
    }
}
