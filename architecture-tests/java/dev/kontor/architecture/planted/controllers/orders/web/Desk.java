package dev.kontor.architecture.planted.controllers.orders.web;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;

/** A controller that is not named so. */
@Profile("planted")
@Controller
class Desk {}
