/**
 * The grammar of addresses, the same for the decoder, the composer and the SMTP engine: what one of
 * them accepts, the others can write.
 */
package dev.postrider.address;
