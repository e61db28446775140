/** Checks an installation on request and says what to do. Changes nothing. */
package dev.postrider.doctor;
