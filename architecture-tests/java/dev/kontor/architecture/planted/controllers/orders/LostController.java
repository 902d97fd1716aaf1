package dev.kontor.architecture.planted.controllers.orders;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.RestController;

/** A controller outside of web. */
@Profile("planted")
@RestController
class LostController {}
