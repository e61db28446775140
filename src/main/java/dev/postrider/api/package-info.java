/** The HTTP door: enqueue, look, act. One resource for each noun; nothing in here ever blocks. */
package dev.postrider.api;
