package dev.kontor.architecture.planted.undeclared.orders.web;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import dev.kontor.api.Open;

/** Of two routes one was forgotten. */
@Profile("planted")
@RestController
class DeskController {

    @Open
    @GetMapping("/planted/bell")
    void ring() {}

    @RequestMapping(path = "/planted/drawer", method = RequestMethod.POST)
    void open() {}
}
