package dev.kontor.architecture.planted.controllers.orders;

import org.springframework.web.bind.annotation.RestController;

/** A controller outside of web. */
@RestController
class LostController {}
