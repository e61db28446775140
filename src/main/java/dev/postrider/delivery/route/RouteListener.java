package dev.postrider.delivery.route;

/** Is told when a route begins to wait, still waits, and is healthy again. */
interface RouteListener {

  /** A wait has begun. */
  void waits(RouteStatus status);

  /** A probe has failed. */
  void stillWaits(RouteStatus status);

  /**
   * The route is healthy again.
   *
   * @param last as it was just before
   */
  void works(RouteStatus last);
}
