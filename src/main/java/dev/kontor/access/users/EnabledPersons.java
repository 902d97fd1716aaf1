package dev.kontor.access.users;

import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import dev.kontor.access.Caller;
import dev.kontor.access.Persons;

@Component
class EnabledPersons implements Persons {

    private final Users users;

    EnabledPersons(Users users) {
        this.users = users;
    }

    @Override
    public Optional<Caller> find(UUID user) {
        return users.find(user)
                .filter(User::enabled)
                .map(found -> Caller.person(found.id(), found.name(), found.role()));
    }
}
