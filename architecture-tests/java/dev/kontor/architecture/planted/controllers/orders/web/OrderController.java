package dev.kontor.architecture.planted.controllers.orders.web;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.RestController;

@Profile("planted")
@RestController
class OrderController {}
