/** Whether each route takes mail: learnt from every try, shared by all engines of the process. */
package dev.postrider.delivery.route;
