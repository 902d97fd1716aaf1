package dev.kontor.architecture.planted.webbed.orders.web;

class OrderJson {}
