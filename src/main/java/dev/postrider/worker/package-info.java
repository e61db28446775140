/**
 * The engine room: reads while there is room, carries each mail through one attempt, settles it.
 */
package dev.postrider.worker;
