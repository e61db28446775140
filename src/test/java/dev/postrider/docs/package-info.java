/** What the documentation says is so: its examples run, its tables are those of the program. */
package dev.postrider.docs;
