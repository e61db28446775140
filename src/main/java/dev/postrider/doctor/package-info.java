/** What an installation lacks, and what to do about it: looked for on request, changed never. */
package dev.postrider.doctor;
