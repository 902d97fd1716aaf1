package dev.kontor.architecture.planted.undeclared.orders.web;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;

/** As it should be. */
@Profile("planted")
@RestController
@Guarded(Area.ORDERS)
class ShelfController {

    @GetMapping("/planted/shelf")
    void look() {}
}
