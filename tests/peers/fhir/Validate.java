import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Holds bundles against the definitions of FHIR R4 and prints what it has against them; exit code 1 after an error. */
public class Validate {
    public static void main(String[] files) throws Exception {
        FhirContext context = FhirContext.forR4();
        ValidationSupportChain definitions = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context));
        FhirValidator validator = context.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(definitions));
        int errors = 0;
        for (String file : files) {
            for (SingleValidationMessage message : validator.validateWithResult(Files.readString(Path.of(file))).getMessages()) {
                boolean isError = message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal();
                // That each resource should have a narrative is advice.
                boolean isAdvice = message.getMessage().contains("Best Practice");
                if (isError || message.getSeverity() == ResultSeverityEnum.WARNING && !isAdvice) {
                    System.out.println(file + ": " + message.getSeverity() + " " + message.getLocationString() + ": " + message.getMessage());
                }
                errors += isError ? 1 : 0;
            }
        }
        System.out.println(files.length + " files, " + errors + " errors");
        System.exit(errors > 0 ? 1 : 0);
    }
}
