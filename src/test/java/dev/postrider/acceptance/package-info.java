/** The packaged program as its users run it, beside other people's servers. */
package dev.postrider.acceptance;
