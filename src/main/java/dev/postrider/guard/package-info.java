/**
 * Is this mail still to be sent? Checked when its turn comes, so that nothing is ever searched for.
 */
package dev.postrider.guard;
