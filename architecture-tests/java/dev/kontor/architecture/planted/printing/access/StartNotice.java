package dev.kontor.architecture.planted.printing.access;

class StartNotice {
    void show() {
        System.out.println("password");
    }
}
