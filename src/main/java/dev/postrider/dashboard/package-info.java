/** The page for people: what every queue holds and what became of the mail. */
package dev.postrider.dashboard;
