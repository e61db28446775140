package dev.postrider.api;

import dev.postrider.api.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds the responses that all operations have in common (401, 403, 503) to the OpenAPI document.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ProblemResponses implements OASFilter {

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(ProblemResponses::describe));
  }

  private static void describe(Operation operation) {
    add(operation, "401", "No token, or an unknown one");
    add(operation, "403", "This token may not do that");
    operation
        .getResponses()
        .addAPIResponse(
            "503", OASFactory.createAPIResponse().ref("#/components/responses/Unavailable"));
  }

  private static void add(Operation operation, String status, String description) {
    APIResponse response = OASFactory.createAPIResponse().description(description);
    response.content(
        OASFactory.createContent()
            .addMediaType(
                Problem.MEDIA_TYPE,
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    operation.getResponses().addAPIResponse(status, response);
  }
}
