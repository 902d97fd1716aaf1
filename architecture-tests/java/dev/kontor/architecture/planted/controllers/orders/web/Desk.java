package dev.kontor.architecture.planted.controllers.orders.web;

import org.springframework.stereotype.Controller;

/** A controller that is not named so. */
@Controller
class Desk {}
