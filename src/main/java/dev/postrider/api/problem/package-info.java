/** What goes wrong at the HTTP door, said in one form: RFC 9457. */
package dev.postrider.api.problem;
