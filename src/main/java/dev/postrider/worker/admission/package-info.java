/** Decides whether a mail may be sent now: whether its route is healthy and has a slot for it. */
package dev.postrider.worker.admission;
