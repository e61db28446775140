/** Real processes under real faults: nothing is lost, and what is sent twice is accounted for. */
package dev.postrider.chaos;
