from tests.ontology.conftest import ontology as ontology
from tests.ontology.conftest import slices as slices
