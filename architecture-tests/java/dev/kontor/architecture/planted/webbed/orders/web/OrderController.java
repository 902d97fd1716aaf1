package dev.kontor.architecture.planted.webbed.orders.web;

public class OrderController {
    OrderJson fine;
}
