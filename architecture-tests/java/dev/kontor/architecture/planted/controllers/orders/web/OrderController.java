package dev.kontor.architecture.planted.controllers.orders.web;

import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {}
