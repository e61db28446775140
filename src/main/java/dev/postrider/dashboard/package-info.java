/** The page for people: the counts of each queue and how its mail ended. */
package dev.postrider.dashboard;
