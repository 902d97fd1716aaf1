package dev.kontor.architecture.planted.undeclared.orders.web;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Nobody has thought of who may come in. */
@Profile("planted")
@RestController
class DoorController {

    @GetMapping("/planted/door")
    void enter() {}
}
