package dev.kontor.marketplaces.amazon;

import java.io.IOException;
import java.net.URI;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

import dev.kontor.marketplaces.PermittedAddresses;

/** Lets Amazon's own client call no other addresses than the exchange's clients may. */
class PermittedCalls implements ExecutionInterceptor {

    private final PermittedAddresses permitted;

    PermittedCalls(URI configured) {
        this.permitted = new PermittedAddresses(configured);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        try {
            permitted.check(context.httpRequest().getUri());
        } catch (IOException e) {
            throw SdkClientException.create("This is not called", e);
        }
    }
}
