/** Mail by HTTP: submit, list, follow, cancel, and act on dead letters. */
package dev.postrider.api.mails;
